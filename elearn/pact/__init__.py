"""Pakta integritas: read, agree, sign, prove."""
