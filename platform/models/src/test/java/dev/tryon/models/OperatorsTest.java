package dev.tryon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.tryon.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operator, run by PyTorch, against numbers worked out by hand; all numbers in the file's own order. */
class OperatorsTest {
    private static final float TOLERANCE = 1e-5f;

    private final TfliteWriter file = new TfliteWriter();

    /** Runs a file of one input. @return each output, in the file's order */
    private List<float[]> run(int input, int[] shape, float[] numbers, Integer... outputs) {
        var imported = TfliteImport.toTorchScript(file.file(List.of(input), List.of(outputs)));
        var results = new ArrayList<float[]>();
        for (var result : Torch.run(imported.archive(), tensor(shape, numbers))) {
            results.add(numbers(result));
        }
        return results;
    }

    private float[] runOne(int[] shape, float[] numbers, int output) {
        return run(0, shape, numbers, output).getFirst();
    }

    private static Tensor tensor(int[] shape, float[] numbers) {
        var own = Shape.of(shape);
        var tensor = Tensor.allocate(
                own.torch().stream().mapToLong(Integer::longValue).toArray());
        tensor.values().put(0, own.toTorch(numbers));
        return tensor;
    }

    private static float[] numbers(Tensor tensor) {
        var numbers = new float[tensor.values().capacity()];
        tensor.values().get(0, numbers);
        var shape = Shape.of(
                Arrays.stream(tensor.shape()).mapToInt(size -> (int) size).toArray());
        return shape.rank() == 4 ? shape.permuted(numbers, List.of(0, 2, 3, 1)) : numbers;
    }

    private static int[] shape(int... sizes) {
        return sizes;
    }

    private static float[] counted(int count) {
        var numbers = new float[count];
        for (var index = 0; index < count; index++) {
            numbers[index] = index + 1;
        }
        return numbers;
    }

    private static float[] ones(int count) {
        var numbers = new float[count];
        Arrays.fill(numbers, 1);
        return numbers;
    }

    private static void assertClose(float[] actual, float... expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (var index = 0; index < expected.length; index++) {
            assertThat(actual[index]).describedAs("number %d", index).isCloseTo(expected[index], offset(TOLERANCE));
        }
    }

    @Test
    void convolvesWithMorePaddingAtTheEnd() {
        var x = file.tensor(1, 4, 4, 1);
        var filter = file.floats(shape(1, 3, 3, 1), ones(9));
        var y = file.operation(
                "CONV_2D", List.of(x, filter, file.floats(shape(1), 1)), shape(1, 2, 2, 1), 0, (byte) 0, 1, 2, 2, 2);

        assertClose(runOne(shape(1, 4, 4, 1), counted(16), y), 55, 46, 73, 55);
    }

    @Test
    void convolvesWithHolesAndWithoutBias() {
        var x = file.tensor(1, 3, 3, 1);
        var filter = file.floats(shape(1, 2, 2, 1), ones(4));
        var y = file.operation(
                "CONV_2D", List.of(x, filter, Graph.ABSENT), shape(1, 1, 1, 1), 0, (byte) 1, 1, 1, 2, 1, 4, 2, 5, 2);

        assertClose(runOne(shape(1, 3, 3, 1), counted(9), y), 1 + 3 + 7 + 9);
    }

    @Test
    void convolvesOneTapAsAProduct() {
        var x = file.tensor(1, 1, 2, 2);
        var filter = file.floats(shape(3, 1, 1, 2), 1, 0, 0, 1, 1, 1);
        var y = file.operation(
                "CONV_2D",
                List.of(x, filter, file.floats(shape(3), 0, 0, 10)),
                shape(1, 1, 2, 3),
                0,
                (byte) 0,
                1,
                1,
                2,
                1);

        assertClose(runOne(shape(1, 1, 2, 2), counted(4), y), 1, 2, 13, 3, 4, 17);
    }

    @Test
    void convolvesInGroups() {
        var x = file.tensor(1, 1, 1, 2);
        var filter = file.floats(shape(2, 1, 1, 1), 3, 5);
        var y = file.operation("CONV_2D", List.of(x, filter), shape(1, 1, 1, 2), 0, (byte) 0, 1, 1, 2, 1);

        assertClose(runOne(shape(1, 1, 1, 2), counted(2), y), 3, 10);
    }

    @ParameterizedTest
    @CsvSource({"0,-2,.5,9", "1,0,.5,9", "2,-1,.5,1", "3,0,.5,6", "4,-.9640276,.4621172,1"})
    void activatesWhatItConvolved(byte activation, float low, float middle, float high) {
        for (var taps : List.of(1, 2)) {
            var net = new TfliteWriter();
            var x = net.tensor(1, 1, 3, 1);
            // Two taps, the second nought, take the other way of writing a convolution.
            var filter = net.floats(shape(1, 1, taps, 1), taps == 1 ? ones(1) : new float[] {1, 0});
            var y = net.operation(
                    "CONV_2D", List.of(x, filter), shape(1, 1, 3, 1), 0, (byte) 0, 1, 1, 2, 1, 3, activation);
            var imported = TfliteImport.toTorchScript(net.file(List.of(x), List.of(y)));
            var result = Torch.run(imported.archive(), tensor(shape(1, 1, 3, 1), new float[] {-2, .5f, 9}));

            assertClose(numbers(result.getFirst()), low, middle, high);
        }
    }

    @Test
    void convolvesChannelsApart() {
        var x = file.tensor(1, 1, 2, 2);
        var filter = file.floats(shape(1, 1, 1, 4), 1, 10, 100, 1000);
        var y = file.operation(
                "DEPTHWISE_CONV_2D",
                List.of(x, filter, file.floats(shape(4), 0, 0, 0, 1)),
                shape(1, 1, 2, 4),
                0,
                (byte) 0,
                1,
                1,
                2,
                1,
                3,
                2,
                4,
                (byte) 1);

        assertClose(runOne(shape(1, 1, 2, 2), counted(4), y), 1, 10, 200, 2001, 3, 30, 400, 4001);
    }

    @Test
    void takesZerosAroundAPictureIntoAConvolution() {
        var x = file.tensor(1, 2, 2, 1);
        var padded = file.operation("PAD", List.of(x, file.ints(0, 0, 1, 1, 1, 1, 0, 0)), shape(1, 4, 4, 1));
        var filter = file.floats(shape(1, 3, 3, 1), ones(9));
        var y = file.operation("CONV_2D", List.of(padded, filter), shape(1, 2, 2, 1), 0, (byte) 1, 1, 1, 2, 1);

        assertClose(runOne(shape(1, 2, 2, 1), counted(4), y), 10, 10, 10, 10);
    }

    @Test
    void padsOnceForTwoReaders() {
        var x = file.tensor(1, 1, 1, 1);
        var padded = file.operation("PAD", List.of(x, file.ints(0, 0, 0, 1, 1, 0, 0, 1)), shape(1, 2, 2, 2));
        var y = file.operation("NEG", List.of(padded), shape(1, 2, 2, 2));

        var results = run(x, shape(1, 1, 1, 1), counted(1), y, padded);

        assertClose(results.get(0), 0, 0, -1, 0, 0, 0, 0, 0);
        assertClose(results.get(1), 0, 0, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void addsFewerChannelsToMoreWhereZerosWereAddedToThem() {
        var x = file.tensor(1, 1, 2, 1);
        var filter = file.floats(shape(2, 1, 1, 1), 10, 100);
        var more = file.operation("CONV_2D", List.of(x, filter), shape(1, 1, 2, 2), 0, (byte) 0, 1, 1, 2, 1);
        var padded = file.operation("PAD", List.of(x, file.ints(0, 0, 0, 0, 0, 0, 0, 1)), shape(1, 1, 2, 2));
        var y = file.operation("ADD", List.of(more, padded), shape(1, 1, 2, 2));

        assertClose(runOne(shape(1, 1, 2, 1), new float[] {1, -1}, y), 11, 100, -11, -100);
    }

    @Test
    void doesNotOverwriteWhatIsReadAgain() {
        var x = file.tensor(1, 1, 2, 1);
        var filter = file.floats(shape(1, 1, 1, 1), 1);
        var once = file.operation("CONV_2D", List.of(x, filter), shape(1, 1, 2, 1), 0, (byte) 0, 1, 1, 2, 1);
        var cut = file.operation("RELU", List.of(once), shape(1, 1, 2, 1));
        var sum = file.operation("ADD", List.of(cut, once), shape(1, 1, 2, 1));

        var results = run(x, shape(1, 1, 2, 1), new float[] {-3, 4}, sum, once, x);

        assertClose(results.get(0), -3, 8);
        assertClose(results.get(1), -3, 4);
        assertClose(results.get(2), -3, 4);
    }

    @Test
    void transposesAConvolutionToTheSizeThatIsAskedFor() {
        var size = file.ints(1, 2, 4, 1);
        var filter = file.floats(shape(1, 1, 3, 1), 1, 2, 3);
        var x = file.tensor(1, 2, 2, 1);
        var y = file.operation(
                "TRANSPOSE_CONV", List.of(size, filter, x), shape(1, 2, 4, 1), 0, (byte) 0, 1, 2, 2, 1, 3, (byte) 0);

        assertClose(run(x, shape(1, 2, 2, 1), counted(4), y).getFirst(), 1, 2, 5, 4, 3, 6, 13, 8);
    }

    @Test
    void transposesAConvolutionWithBias() {
        var x = file.tensor(1, 1, 2, 1);
        var filter = file.floats(shape(2, 2, 2, 1), 1, 2, 3, 4, 10, 20, 30, 40);
        var y = file.tensor(1, 2, 4, 2);
        file.operation(
                "Convolution2DTransposeBias",
                List.of(x, filter, file.floats(shape(2), 0, 100)),
                List.of(y),
                TfliteWriter.customOptions(2, 2, 2),
                FlatWriter.Table.of());

        assertClose(
                runOne(shape(1, 1, 2, 1), counted(2), y),
                1,
                110,
                2,
                120,
                2,
                120,
                4,
                140,
                3,
                130,
                4,
                140,
                6,
                160,
                8,
                180);
    }

    @Test
    void cutsWhatATransposedConvolutionReachesOverTheEnd() {
        var x = file.tensor(1, 2, 2, 1);
        var filter = file.floats(shape(1, 1, 3, 1), 1, 2, 3);
        var y = file.tensor(1, 2, 4, 1);
        file.operation(
                "Convolution2DTransposeBias",
                List.of(x, filter, file.floats(shape(1), 100)),
                List.of(y),
                TfliteWriter.customOptions(1, 2, 1),
                FlatWriter.Table.of());

        assertClose(run(x, shape(1, 2, 2, 1), counted(4), y).getFirst(), 101, 102, 105, 104, 103, 106, 113, 108);
    }

    @Test
    void connectsEverythingInTheOrderOfTheFile() {
        var x = file.tensor(1, 1, 2, 2);
        var filter = file.floats(shape(1, 4), 1, 10, 100, 1000);
        var y = file.operation("FULLY_CONNECTED", List.of(x, filter, file.floats(shape(1), 5)), shape(1, 1));

        assertClose(runOne(shape(1, 1, 2, 2), counted(4), y), 4326);
    }

    @ParameterizedTest
    @CsvSource({"MAX_POOL_2D,2,5,6,8,9", "AVERAGE_POOL_2D,2,3,4.5,7.5,9"})
    void poolsWhatIsThere(String name, int stride, float one, float two, float three, float four) {
        var x = file.tensor(1, 3, 3, 1);
        var y = file.operation(name, List.of(x), shape(1, 2, 2, 1), 0, (byte) 0, 1, stride, 2, stride, 3, 2, 4, 2);

        assertClose(runOne(shape(1, 3, 3, 1), counted(9), y), one, two, three, four);
    }

    @ParameterizedTest
    @CsvSource({"MAX_POOL_2D,4,4,4,4", "AVERAGE_POOL_2D,2.5,3,3.5,4"})
    void poolsWhereOnlyTheEndIsReachedOver(String name, float one, float two, float three, float four) {
        var x = file.tensor(1, 2, 2, 1);
        var y = file.operation(name, List.of(x), shape(1, 2, 2, 1), 0, (byte) 0, 1, 1, 2, 1, 3, 2, 4, 2);

        assertClose(runOne(shape(1, 2, 2, 1), counted(4), y), one, two, three, four);
    }

    @Test
    void averagesAWholePicture() {
        var x = file.tensor(1, 2, 2, 1);
        var y = file.operation("AVERAGE_POOL_2D", List.of(x), shape(1, 1, 1, 1), 0, (byte) 1, 1, 2, 2, 2, 3, 2, 4, 2);

        assertClose(runOne(shape(1, 2, 2, 1), counted(4), y), 2.5f);
    }

    @Test
    void putsTheLargestBackWhereTheyWere() {
        var x = file.tensor(1, 2, 4, 1);
        var largest = file.tensor(1, 1, 2, 1);
        var places = file.tensor(1, 1, 2, 1);
        var y = file.tensor(1, 2, 4, 1);
        file.operation(
                "MaxPoolingWithArgmax2D",
                List.of(x),
                List.of(largest, places),
                TfliteWriter.customOptions(1, 2, 2, 2, 2, 0),
                FlatWriter.Table.of());
        var negative = file.operation("NEG", List.of(largest), shape(1, 1, 2, 1));
        file.operation(
                "MaxUnpooling2D",
                List.of(negative, places),
                List.of(y),
                TfliteWriter.customOptions(2, 2, 2, 2, 2, 0),
                FlatWriter.Table.of());

        assertClose(runOne(shape(1, 2, 4, 1), new float[] {1, 7, 2, 2, 3, 4, 2, 1}, y), 0, -7, -2, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "ABS,2,0.5",
        "ELU,-.8646647,.5",
        "EXP,.1353353,1.6487213",
        "HARD_SWISH,-.3333333,.2916667",
        "LOGISTIC,.1192029,.6224593",
        "NEG,2,-.5",
        "RELU,0,.5",
        "RELU6,0,.5",
        "RELU_N1_TO_1,-1,.5",
        "SQUARE,4,.25",
        "TANH,-.9640276,.4621172"
    })
    void computesNumberByNumber(String name, float low, float high) {
        var x = file.tensor(1, 2);
        var y = file.operation(name, List.of(x), shape(1, 2));

        assertClose(runOne(shape(1, 2), new float[] {-2, .5f}, y), low, high);
    }

    @Test
    void takesRoots() {
        var x = file.tensor(1, 2);
        var root = file.operation("SQRT", List.of(x), shape(1, 2));
        var reciprocal = file.operation("RSQRT", List.of(x), shape(1, 2));

        var results = run(x, shape(1, 2), new float[] {4, 16}, root, reciprocal);

        assertClose(results.get(0), 2, 4);
        assertClose(results.get(1), .5f, .25f);
    }

    @ParameterizedTest
    @CsvSource({
        "ADD,11,22,13,24",
        "SUB,-9,-18,-7,-16",
        "MUL,10,40,30,80",
        "DIV,.1,.1,.3,.2",
        "MAXIMUM,10,20,10,20",
        "MINIMUM,1,2,3,4"
    })
    void repeatsTheSmallerOperand(String name, float one, float two, float three, float four) {
        var x = file.tensor(1, 1, 2, 2);
        var y = file.operation(name, List.of(x, file.floats(shape(2), 10, 20)), shape(1, 1, 2, 2));

        assertClose(runOne(shape(1, 1, 2, 2), counted(4), y), one, two, three, four);
    }

    @Test
    void scalesChannelsByWhatIsComputed() {
        var x = file.tensor(1, 1, 2, 2);
        var mean = file.operation("MEAN", List.of(x, file.ints(1, 2)), shape(1, 1, 1, 2), 0, (byte) 1);
        var y = file.operation("MUL", List.of(x, mean), shape(1, 1, 2, 2));

        assertClose(runOne(shape(1, 1, 2, 2), counted(4), y), 2, 6, 6, 12);
    }

    @Test
    void slopesBelowZero() {
        var x = file.tensor(1, 1, 2, 2);
        var channels = file.operation("PRELU", List.of(x, file.floats(shape(1, 1, 2), .5f, .1f)), shape(1, 1, 2, 2));
        var places = file.operation("PRELU", List.of(x, file.floats(shape(1, 2, 1), .5f, .1f)), shape(1, 1, 2, 2));
        var same = file.operation("LEAKY_RELU", List.of(x), shape(1, 1, 2, 2), 0, .25f);

        var results = run(x, shape(1, 1, 2, 2), new float[] {-2, -4, -6, 8}, channels, places, same);

        assertClose(results.get(0), -1, -.4f, -3, 8);
        assertClose(results.get(1), -1, -2, -.6f, 8);
        assertClose(results.get(2), -.5f, -1, -1.5f, 8);
    }

    @Test
    void sharesOutAlongTheLastAxis() {
        var x = file.tensor(1, 1, 2, 2);
        var y = file.operation("SOFTMAX", List.of(x), shape(1, 1, 2, 2), 0, 1f);

        assertClose(runOne(shape(1, 1, 2, 2), new float[] {0, 0, 0, (float) Math.log(3)}, y), .5f, .5f, .25f, .75f);
    }

    @Test
    void reshapesInTheOrderOfTheFile() {
        var x = file.tensor(1, 1, 2, 3);
        var list = file.operation("RESHAPE", List.of(x), shape(1, 6));
        var turned = file.operation("RESHAPE", List.of(list), shape(1, 3, 2, 1));
        var squeezed = file.operation("SQUEEZE", List.of(x), shape(2, 3));
        var wide = file.operation("EXPAND_DIMS", List.of(list, file.ints(1)), shape(1, 1, 6));

        var results = run(x, shape(1, 1, 2, 3), counted(6), list, turned, squeezed, wide);

        results.forEach(result -> assertClose(result, counted(6)));
    }

    @Test
    void ordersAxesAnew() {
        var x = file.tensor(1, 1, 2, 3);
        var y = file.operation("TRANSPOSE", List.of(x, file.ints(0, 3, 1, 2)), shape(1, 3, 1, 2));

        assertClose(runOne(shape(1, 1, 2, 3), counted(6), y), 1, 4, 2, 5, 3, 6);
    }

    @Test
    void putsTensorsTogetherAlongAnAxis() {
        var x = file.tensor(1, 1, 2, 1);
        var twice = file.operation("ADD", List.of(x, x), shape(1, 1, 2, 1));
        var channels = file.operation("CONCATENATION", List.of(x, twice), shape(1, 1, 2, 2), 0, -1);
        var rows = file.operation("CONCATENATION", List.of(x, twice), shape(1, 2, 2, 1), 0, 1);

        var results = run(x, shape(1, 1, 2, 1), counted(2), channels, rows);

        assertClose(results.get(0), 1, 2, 2, 4);
        assertClose(results.get(1), 1, 2, 2, 4);
    }

    @Test
    void padsWithANumber() {
        var x = file.tensor(1, 1, 1, 1);
        var y = file.operation(
                "PADV2", List.of(x, file.ints(0, 0, 0, 1, 1, 0, 0, 0), file.floats(shape(), 7)), shape(1, 2, 2, 1));

        assertClose(runOne(shape(1, 1, 1, 1), counted(1), y), 7, 1, 7, 7);
    }

    @Test
    void takesAxesTogether() {
        var x = file.tensor(1, 2, 2, 2);
        var mean = file.operation("MEAN", List.of(x, file.ints(1, 2)), shape(1, 2), 0, (byte) 0);
        var sum = file.operation("SUM", List.of(x, file.ints(-1)), shape(1, 2, 2), 0, (byte) 0);
        var most = file.operation("REDUCE_MAX", List.of(x, file.ints(1)), shape(1, 2, 2), 0, (byte) 0);

        var results = run(x, shape(1, 2, 2, 2), counted(8), mean, sum, most);

        assertClose(results.get(0), 4, 5);
        assertClose(results.get(1), 3, 7, 11, 15);
        assertClose(results.get(2), 5, 6, 7, 8);
    }

    @Test
    void movesDepthIntoSpaceAndBack() {
        var x = file.tensor(1, 1, 2, 8);
        var space = file.operation("DEPTH_TO_SPACE", List.of(x), shape(1, 2, 4, 2), 0, 2);
        var depth = file.operation("SPACE_TO_DEPTH", List.of(space), shape(1, 1, 2, 8), 0, 2);

        var results = run(x, shape(1, 1, 2, 8), counted(16), space, depth);

        assertClose(results.get(0), 1, 2, 3, 4, 9, 10, 11, 12, 5, 6, 7, 8, 13, 14, 15, 16);
        assertClose(results.get(1), counted(16));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,2,4,4", "0,1,0,1,3,4", "1,0,0,1.3333333,2.6666667,4"})
    void resizesBetweenPixels(byte corners, byte centres, float one, float two, float three, float four) {
        var x = file.tensor(1, 1, 2, 1);
        var y = file.operation(
                "RESIZE_BILINEAR", List.of(x, file.ints(1, 4)), shape(1, 1, 4, 1), 2, corners, 3, centres);

        assertClose(runOne(shape(1, 1, 2, 1), new float[] {0, 4}, y), one, two, three, four);
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,2", "1,1,2,2"})
    void resizesToTheNearestPixel(byte centres, float one, float two, float three) {
        var x = file.tensor(1, 1, 2, 1);
        var y = file.operation("RESIZE_NEAREST_NEIGHBOR", List.of(x, file.ints(1, 3)), shape(1, 1, 3, 1), 1, centres);

        assertClose(runOne(shape(1, 1, 2, 1), counted(2), y), one, two, three);
    }

    @Test
    void takesBatches() {
        var x = file.tensor(1, 1, 2, 2);
        var filter = file.floats(shape(1, 1, 1, 2), 1, 10);
        var y = file.operation("CONV_2D", List.of(x, filter), shape(1, 1, 2, 1), 0, (byte) 0, 1, 1, 2, 1);
        var list = file.operation("RESHAPE", List.of(y), shape(1, 2));
        var imported = TfliteImport.toTorchScript(file.file(List.of(x), List.of(list)));

        var result = Torch.run(imported.archive(), tensor(shape(3, 1, 2, 2), counted(12)))
                .getFirst();

        assertThat(result.shape()).containsExactly(3, 2);
        assertClose(numbers(result), 21, 43, 65, 87, 109, 131);
    }

    @Test
    void tellsWhatGoesInAndComesOut() {
        var x = file.tensor(1, 2, 3, 4);
        var y = file.operation("MEAN", List.of(x, file.ints(1, 2)), shape(1, 4), 0, (byte) 0);

        var imported = TfliteImport.toTorchScript(file.file(List.of(x), List.of(x, y)));

        assertThat(imported.inputs()).containsExactly(new ImportedNetwork.Port("t0", List.of(1, 4, 2, 3)));
        assertThat(imported.outputs())
                .containsExactly(
                        new ImportedNetwork.Port("t0", List.of(1, 4, 2, 3)),
                        new ImportedNetwork.Port("t2", List.of(1, 4)));
    }

    @Test
    void coversEveryOperatorThatIsSupported() {
        // Told once here, so that a new rule without a test of its own is noticed.
        assertThat(TfliteImport.operators()).hasSize(47);
        assertThat(IntStream.range(0, 161).mapToObj(OperatorNames::of)).doesNotHaveDuplicates();
    }
}
