"""Other people's formats of questions, in and out; pure. `neutral` is what all can say, one file each says how."""
