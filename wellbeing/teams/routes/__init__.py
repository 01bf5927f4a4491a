"""The pages of a team, as the team sees it and as the steward does, and the steps that both take."""
