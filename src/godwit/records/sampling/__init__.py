"""Which patients people should read: criteria patients, rare kinds of data, a random sample with its stated power."""
