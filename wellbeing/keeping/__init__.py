"""How long things are kept: what nobody needs any more goes by itself, without anyone asking."""
