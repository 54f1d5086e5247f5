"""The certificate in the admin: one module for each thing that staff handle."""
