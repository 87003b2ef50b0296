// Logistic regression with a Gaussian prior, small enough to be read.

const sigmoid = (odds) => 1 / (1 + Math.exp(-odds));

/** Log odds of a row of features (`Map` of name to value). */
export function oddsOf(model, features) {
  let odds = model.intercept;
  for (const [name, value] of features) odds += (model.weights[name] ?? 0) * value;
  return odds;
}

export const chanceOf = (model, features) => sigmoid(oddsOf(model, features));

/**
 * Fits `{ intercept, weights }` to rows `{ features, right }` by Newton's
 * method. `ridge` is how strongly weights are drawn to those of `prior`, in
 * cases: a feature seen less often than that stays near its prior.
 */
export function fitWeights(rows, prior, ridge) {
  const names = [...new Set(rows.flatMap((row) => [...row.features.keys()]))].sort();
  const start = [prior.intercept, ...names.map((name) => prior.weights[name] ?? 0)];
  const size = start.length;
  const weights = [...start];
  const inputs = rows.map((row) => [1, ...names.map((name) => row.features.get(name) ?? 0)]);
  for (let round = 0; round < 25; round++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0.01 : ridge) * (start[at] - weight));
    const hessian = weights.map((_, at) => {
      const line = new Array(size).fill(0);
      line[at] = at === 0 ? 0.01 : ridge;
      return line;
    });
    inputs.forEach((input, index) => {
      const chance = sigmoid(input.reduce((sum, value, at) => sum + value * weights[at], 0));
      const error = (rows[index].right ? 1 : 0) - chance;
      const spread = chance * (1 - chance);
      input.forEach((value, at) => {
        if (value === 0) return;
        gradient[at] += error * value;
        for (let other = 0; other < size; other++) hessian[at][other] += spread * value * input[other];
      });
    });
    const step = solve(hessian, gradient);
    step.forEach((by, at) => {
      weights[at] += by;
    });
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return { intercept: weights[0], weights: Object.fromEntries(names.map((name, at) => [name, weights[at + 1]])) };
}

/** Gaussian elimination with pivots; the matrix is positive definite. */
function solve(matrix, vector) {
  const size = vector.length;
  const rows = matrix.map((line, at) => [...line, vector[at]]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let row = column + 1; row < size; row++) {
      const factor = rows[row][column] / rows[column][column];
      if (factor === 0) continue;
      for (let at = column; at <= size; at++) rows[row][at] -= factor * rows[column][at];
    }
  }
  const solution = new Array(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const rest = rows[row].slice(row + 1, size).reduce((sum, value, at) => sum + value * solution[row + 1 + at], 0);
    solution[row] = (rows[row][size] - rest) / rows[row][row];
  }
  return solution;
}
