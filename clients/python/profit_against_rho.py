"""Profit against the correlation of value and scale, as CSV: the data of a figure."""

import csv
import pathlib
import sys

from menusmith import Menusmith

study = pathlib.Path("examples/correlated-packages.yaml")
rhos = [k / 10 for k in range(-8, 9, 2)]
with Menusmith(sys.argv[1:] or None) as server:
    results = server.calls("solve", ({"study": study, "set": {"buyers.dependence.rho": rho}} for rho in rhos))
    data = [{"rho": rho, "profit": result["profit"]} for rho, result in zip(rhos, results)]
table = csv.DictWriter(sys.stdout, ["rho", "profit"])
table.writeheader()
table.writerows(data)
