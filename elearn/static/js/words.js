// A sentence of a script in the language of its page: <html data-words='{"Tautan tersalin": "Link copied"}'>, which an
// Indonesian page does not need. `{name}` is filled in with a value. The list is in elearn/core/scripts.py.

const spoken = JSON.parse(globalThis.document?.documentElement.dataset.words ?? "{}");

export const word = (sentence, values = {}) => (spoken[sentence] ?? sentence).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
