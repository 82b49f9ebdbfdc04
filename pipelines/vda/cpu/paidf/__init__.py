"""CPU engine of the video pipeline: augmentation, labeling, exports and summaries without a GPU or a network."""

ENGINE = "embedded-cpu"
