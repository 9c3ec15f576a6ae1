"""Where the stand-alone program begins: what its folder changed for others is put back, then it starts."""

import os
import ssl
import sys
from pathlib import Path

from laverma_desk.__main__ import main

# The loader looked here for the folder's own libraries. What this program starts (a browser, a mail program,
# a remote tool) must find those of its system.
_CHANGED = ("LD_LIBRARY_PATH",)
# Told to Qt by PyInstaller. On Linux it finds its plug-ins beside itself; another program's Qt would stumble.
_ADDED = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def restore_environment() -> None:
    """Give the programs that are started from here the environment that this one was given."""
    for name in _CHANGED:
        before = os.environ.pop(f"{name}_ORIG", None)
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before
    added = _ADDED if sys.platform == "linux" else ()
    for name in [one for one in os.environ if one.startswith("_PYI_") or one in added]:
        del os.environ[name]


def find_authorities() -> None:
    """Name the system's certificates where the folder's OpenSSL, built elsewhere, looks in vain for them."""
    known = ssl.get_default_verify_paths()
    if sys.platform != "linux" or known.cafile or known.capath:
        return
    found = next((one for one in _AUTHORITIES if Path(one).is_file()), None)
    if found is not None:
        os.environ["SSL_CERT_FILE"] = found


if __name__ == "__main__":
    restore_environment()
    find_authorities()
    sys.exit(main())
