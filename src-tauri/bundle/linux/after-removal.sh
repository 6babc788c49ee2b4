#!/bin/sh
# The .rpm lists its files, not their folders. The empty ones go too, unless this was an upgrade.
[ "$1" -gt 0 ] || find /usr/lib/Aloud /usr/share/doc/aloud /usr/share/licenses/aloud -depth -type d -empty -delete 2>/dev/null || :
