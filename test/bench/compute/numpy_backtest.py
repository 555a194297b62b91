"""The rules of the bench as a careful dense NumPy loop: each day one dot product, each rebalance a few passes over all
names and one partial selection. Prints one JSON line: the time of each run in milliseconds, and writes equities."""
import json
import sys
import time

import numpy as np

folder, rounds = sys.argv[1], int(sys.argv[2])
with open(folder + "/runs.json") as file:
    plan = json.load(file)
days, codes, capital, rate, dust = (plan[key] for key in ("days", "codes", "capital", "rate", "dust"))
close = np.fromfile(folder + "/close.bin").reshape(days, codes)
score = np.fromfile(folder + "/score.bin").reshape(days, codes)


def run(due, k, limit):
    shares = np.zeros(codes)
    target = np.zeros(codes)
    equity = np.empty(days)
    cash = capital
    first = True
    for day in range(days):
        prices = close[day]
        if not due[day]:
            equity[day] = cash + shares @ prices
            continue
        positions = shares * prices
        total = cash + positions.sum()
        weights = positions / total
        best = np.argpartition(score[day], codes - k)[codes - k :]
        target[best] = 1 / k
        change = target - weights
        turnover = np.abs(change).sum() / 2
        alpha = 1.0 if first or turnover <= limit else limit / turnover
        wanted = weights + alpha * change
        wanted[(target == 0) & (wanted < dust)] = 0
        change = wanted - weights
        sold = (change < -1e-6) | ((wanted == 0) & (weights > 0))
        sales = -change[sold] * total
        shares[sold] -= sales / prices[sold]
        shares[wanted == 0] = 0
        cash += sales.sum() * (1 - rate)
        bought = change > 1e-6
        buys = change[bought] * total
        all_buys = buys.sum()
        factor = min(1.0, cash / (all_buys * (1 + rate))) if all_buys > 0 else 1.0
        shares[bought] += buys * factor / prices[bought]
        cash -= all_buys * factor * (1 + rate)
        target[best] = 0
        first = False
        equity[day] = cash + shares @ prices
    return equity


times = []
for index, one in enumerate(plan["runs"]):
    due = np.zeros(days, dtype=bool)
    due[one["due"]] = True
    measured = []
    for _ in range(rounds):
        start = time.perf_counter()
        equity = run(due, one["topK"], one["limit"])
        measured.append((time.perf_counter() - start) * 1000)
    times.append(min(measured))
    equity.tofile(f"{folder}/equity-{index}.bin")
print(json.dumps({"ms": times, "numpy": np.__version__}))
