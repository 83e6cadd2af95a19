import warnings

# Where Spark is installed pandera imports it, and it warns of a pandas of which nothing here gives it a frame.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
