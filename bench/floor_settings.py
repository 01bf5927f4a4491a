"""gunicorn's settings for the floor: the product's own, but for the hook that opens the product's database."""

from pathlib import Path
from runpy import run_path

_ours = run_path(str(Path(__file__).resolve().parent.parent / "gunicorn.conf.py"))
globals().update({name: chosen for name, chosen in _ours.items() if name != "post_fork" and not name.startswith("_")})
