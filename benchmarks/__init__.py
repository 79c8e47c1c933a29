"""Speed, side by side with what one would use otherwise, measured in one run on one machine.

    python -m benchmarks                 every part, small: minutes
    python -m benchmarks words stores    some parts
    python -m benchmarks --full scale    with 1,000 and 10,000 articles: hours

Writes `benchmarks/RESULTS.md`; a part that is not run keeps the results it has there.
Accuracy is measured by `kg evaluate`.
"""
