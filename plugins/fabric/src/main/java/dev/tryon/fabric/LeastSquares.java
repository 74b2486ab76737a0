package dev.tryon.fabric;

/** Normal equations, solved. */
final class LeastSquares {
    /** Keeps unknowns that nothing speaks of at zero. */
    private static final double RIDGE = 1e-6;

    private LeastSquares() {}

    /** Solves by elimination; the matrix is symmetric and positive, its last column the right side, and is used up. */
    static double[] solve(double[][] normal, int size) {
        for (var k = 0; k < size; k++) {
            normal[k][k] += RIDGE;
        }
        for (var k = 0; k < size; k++) {
            for (var row = k + 1; row < size; row++) {
                var factor = normal[row][k] / normal[k][k];
                for (var column = k; column <= size; column++) {
                    normal[row][column] -= factor * normal[k][column];
                }
            }
        }
        var solution = new double[size];
        for (var k = size - 1; k >= 0; k--) {
            var rest = normal[k][size];
            for (var column = k + 1; column < size; column++) {
                rest -= normal[k][column] * solution[column];
            }
            solution[k] = rest / normal[k][k];
        }
        return solution;
    }
}
