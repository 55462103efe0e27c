def prepare(report): return None
