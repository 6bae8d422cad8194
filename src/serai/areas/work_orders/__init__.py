"""Work orders: what is broken, from the first report until it is found good.

One order is one fault: a second report of it is added to it. Its life is a machine as data; who resolved it does not
verify it. Steps, time, parts, vendors, costs and deadlines hang on it.
"""
