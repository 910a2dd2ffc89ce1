"""The paper of the award: plain frozen data in, bytes out.

Nothing here knows a model, a query or the network. A service builds the data classes of ``data`` from a
frozen tabulation, calls one function and stores the bytes with their checksum.
"""
