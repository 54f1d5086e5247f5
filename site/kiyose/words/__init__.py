"""The words of the interface: collecting, checking and compiling gettext's catalogues."""
