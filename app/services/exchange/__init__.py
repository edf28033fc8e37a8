"""What money was worth in other money: rates that the operator imports, and figures converted with them."""
