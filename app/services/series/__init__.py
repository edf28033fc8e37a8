"""One metric of one pair over time: what was said of each period, who agrees, who does not, and what became of targets."""
