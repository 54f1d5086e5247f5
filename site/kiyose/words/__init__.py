"""The words of the interface: collecting, checking and compiling gettext's catalogues.

* ``sources``, ``packages``  finding the words, in our code and in the packages that staff meet
* ``word``       one of them, and where it stands
* ``languages``  which languages have words of their own
* ``catalogues`` the files, and compiling them
* ``filling``    bringing a file up to the code
* ``checking``   what is wrong with a file
* ``fallback``   what is shown where a word is missing: the only one that runs with the site
"""
