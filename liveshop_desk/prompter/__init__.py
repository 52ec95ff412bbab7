"""The mathematics of the prompter, without a screen."""
