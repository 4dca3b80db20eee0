"""The ward's loudspeakers: what is read, how long it takes, when it is aired and whether it was."""
