package dev.tryon.cuda;

import static dev.tryon.cuda.PtxText.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Runs a kernel's PTX text, thread after thread, on made-up device memory: what the driver would compile, to the letter.
 *
 * <p>It knows the instructions that this project's kernels use, each spelled out with its types, and fails on any other and on
 * an operand of another register class. Meanings are those of NVIDIA's "Parallel Thread Execution ISA"; Java's own
 * float and double arithmetic is IEEE 754 rounded to nearest even, which is what {@code .rn} says. Not thread-safe.
 */
final class PtxMachine {
    private static final List<String> PLACE =
            List.of("%ntid.x", "%ntid.y", "%ctaid.x", "%ctaid.y", "%ctaid.z", "%tid.x", "%tid.y");
    private static final long LONGEST_RUN = 1_000_000;

    private final DeviceMemory memory;
    private final PtxText text;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<Runnable> steps = new ArrayList<>();

    // The state of the one thread that runs: its place first, then its registers, as bits.
    private final long[] registers;
    private long[] arguments = new long[0];
    private int next;

    PtxMachine(String ptx, String name, DeviceMemory memory) {
        this.memory = memory;
        this.text = PtxText.read(ptx, name);
        PLACE.forEach(special -> slots.put(special, slots.size()));
        text.registers().keySet().forEach(register -> slots.put(register, slots.size()));
        this.registers = new long[slots.size()];
        for (var statement : text.statements()) {
            var step = step(statement.operation(), statement.operands());
            steps.add(statement
                    .condition()
                    .map(condition -> onlyIf(register(condition, "pred"), step))
                    .orElse(step));
        }
    }

    private static Runnable onlyIf(LongSupplier condition, Runnable step) {
        return () -> {
            if (condition.getAsLong() == 1) {
                step.run();
            }
        };
    }

    /** Runs every thread of a grid. */
    void run(Driver.Grid grid, long... given) {
        require(given.length == text.parameters().size(), "the kernel takes other parameters");
        require(grid.blocksY() <= 65535 && grid.blocksZ() <= 65535, "a grid that no device takes");
        require(grid.threadsX() * grid.threadsY() <= 1024, "a block that no device takes");
        arguments = given;
        var width = grid.threadsX();
        var height = grid.threadsY();
        for (var z = 0; z < grid.blocksZ(); z++) {
            for (var y = 0; y < grid.blocksY() * height; y++) {
                for (var x = 0; x < grid.blocksX() * width; x++) {
                    thread(width, height, x / width, y / height, z, x % width, y % height);
                }
            }
        }
    }

    private void thread(long... place) {
        Arrays.fill(registers, 0xDEAD_BEEF_DEAD_BEEFL); // nothing may rely on what it never set
        System.arraycopy(place, 0, registers, 0, PLACE.size());
        next = 0;
        for (var count = 0L; next < steps.size(); count++) {
            require(count < LONGEST_RUN, "the kernel does not end");
            steps.get(next++).run();
        }
    }

    private Runnable step(String operation, List<String> of) {
        return switch (operation) {
            case "ret" -> () -> next = steps.size();
            case "bra", "bra.uni" -> jump(of.getFirst());
            case "ld.param.u64" -> {
                var index = text.parameters().indexOf(of.get(1).replaceAll("[\\[\\]]", ""));
                require(index >= 0, "no parameter " + of.get(1));
                yield set(of.getFirst(), "b64", () -> arguments[index]);
            }
            case "cvta.to.global.u64" -> set(of.getFirst(), "b64", register(of.get(1), "b64"));
            // A byte may be loaded into a wider register.
            case "ld.global.u8", "ld.global.nc.u8" -> load(of, of.getFirst().startsWith("%rs") ? "b16" : "b32", 1);
            case "ld.global.nc.u32" -> load(of, "b32", 4);
            case "ld.global.nc.u64" -> load(of, "b64", 8);
            case "ld.global.nc.f32" -> load(of, "f32", 4);
            case "ld.global.nc.f64" -> load(of, "f64", 8);
            case "ld.global.nc.v2.u32" -> {
                var address = address(of.get(2));
                var first = set(of.getFirst(), "b32", () -> memory.load(address.getAsLong(), 8));
                var second = set(of.get(1), "b32", () -> memory.load(address.getAsLong(), 8) >>> 32);
                yield () -> {
                    first.run();
                    second.run();
                };
            }
            case "st.global.u8" -> store(of, "b16", 1);
            case "st.global.f32" -> store(of, "f32", 4);
            case "mov.u16" -> set(of.getFirst(), "b16", operand(of.get(1), "b16"));
            case "mov.u32" -> set(of.getFirst(), "b32", operand(of.get(1), "b32"));
            case "mov.f32" -> set(of.getFirst(), "f32", operand(of.get(1), "f32"));
            case "mov.f64" -> set(of.getFirst(), "f64", operand(of.get(1), "f64"));
            case "add.s32" -> ints(of, Integer::sum);
            case "sub.s32" -> ints(of, (a, b) -> a - b);
            case "mul.lo.s32" -> ints(of, (a, b) -> a * b);
            case "and.b32" -> ints(of, (a, b) -> a & b);
            case "min.s32" -> ints(of, Math::min);
            case "max.s32" -> ints(of, Math::max);
            case "shr.s32" -> ints(of, (a, by) -> a >> (Integer.compareUnsigned(by, 31) > 0 ? 31 : by));
            case "shr.u32" -> ints(of, (a, by) -> Integer.compareUnsigned(by, 31) > 0 ? 0 : a >>> by);
            case "mad.lo.s32" -> {
                var a = operand(of.get(1), "b32");
                var b = operand(of.get(2), "b32");
                var c = operand(of.get(3), "b32");
                yield set(of.getFirst(), "b32", () -> a.getAsLong() * b.getAsLong() + c.getAsLong());
            }
            case "mul.wide.s32" -> longs(of, "b32", (a, b) -> (long) (int) a * (int) b);
            case "mul.wide.u32" -> longs(of, "b32", (a, b) -> (a & 0xFFFF_FFFFL) * (b & 0xFFFF_FFFFL));
            case "add.s64" -> longs(of, "b64", Long::sum);
            case "mul.lo.s64" -> longs(of, "b64", (a, b) -> a * b);
            case "shl.b64" -> {
                var a = register(of.get(1), "b64");
                var by = operand(of.get(2), "b32");
                yield set(of.getFirst(), "b64", () -> by.getAsLong() > 63 ? 0 : a.getAsLong() << by.getAsLong());
            }
            case "add.rn.f32" -> floats(of, Float::sum);
            case "sub.rn.f32" -> floats(of, (a, b) -> a - b);
            case "mul.rn.f32" -> floats(of, (a, b) -> a * b);
            case "add.rn.f64" -> doubles(of, Double::sum);
            case "mul.rn.f64" -> doubles(of, (a, b) -> a * b);
            case "selp.f32" -> {
                var a = operand(of.get(1), "f32");
                var b = operand(of.get(2), "f32");
                var chosen = register(of.get(3), "pred");
                yield set(of.getFirst(), "f32", () -> chosen.getAsLong() == 1 ? a.getAsLong() : b.getAsLong());
            }
            case "or.pred" -> {
                var a = register(of.get(1), "pred");
                var b = register(of.get(2), "pred");
                yield set(of.getFirst(), "pred", () -> a.getAsLong() | b.getAsLong());
            }
            case "setp.eq.s16" -> compare(of, "b16", (a, b) -> (short) a == (short) b);
            case "setp.eq.s32" -> compare(of, "b32", (a, b) -> (int) a == (int) b);
            case "setp.ne.s32" -> compare(of, "b32", (a, b) -> (int) a != (int) b);
            case "setp.lt.s32" -> compare(of, "b32", (a, b) -> (int) a < (int) b);
            case "setp.ge.s64" -> compare(of, "b64", (a, b) -> a >= b);
            case "setp.ge.f32" -> compare(of, "f32", (a, b) -> real(a) >= real(b));
            case "setp.leu.f32" -> compare(of, "f32", (a, b) -> !(real(a) > real(b)));
            case "cvt.s64.s32" -> convert(of, "b64", "b32", a -> (int) a);
            case "cvt.u64.u32" -> convert(of, "b64", "b32", a -> a);
            case "cvt.u32.u64" -> convert(of, "b32", "b64", a -> a);
            case "cvt.u32.u16" -> convert(of, "b32", "b16", a -> a);
            case "cvt.u16.u32" -> convert(of, "b16", "b32", a -> a);
            case "cvt.rn.f32.s32" -> convert(of, "f32", "b32", a -> Float.floatToRawIntBits((int) a));
            case "cvt.rn.f64.s32" -> convert(of, "f64", "b32", a -> Double.doubleToRawLongBits((int) a));
            case "cvt.rni.s32.f32" -> convert(of, "b32", "f32", a -> (int) Math.rint(real(a)));
            case "cvt.rzi.s32.f32" -> convert(of, "b32", "f32", a -> (int) real(a));
            case "cvt.rni.s32.f64" -> convert(of, "b32", "f64", a -> (int) Math.rint(Double.longBitsToDouble(a)));
            default -> throw new AssertionError("an instruction that this machine does not know: " + operation);
        };
    }

    @FunctionalInterface
    private interface FloatBinaryOperator {
        float applyAsFloat(float a, float b);
    }

    @FunctionalInterface
    private interface LongBinaryPredicate {
        boolean test(long a, long b);
    }

    private Runnable jump(String label) {
        require(text.labels().containsKey(label), "no label " + label);
        int target = text.labels().getOrDefault(label, 0);
        return () -> next = target;
    }

    private Runnable ints(List<String> of, IntBinaryOperator operation) {
        var a = operand(of.get(1), "b32");
        var b = operand(of.get(2), "b32");
        return set(of.getFirst(), "b32", () -> operation.applyAsInt((int) a.getAsLong(), (int) b.getAsLong()));
    }

    private Runnable longs(List<String> of, String from, LongBinaryOperator operation) {
        var a = operand(of.get(1), from);
        var b = operand(of.get(2), from);
        return set(of.getFirst(), "b64", () -> operation.applyAsLong(a.getAsLong(), b.getAsLong()));
    }

    private Runnable floats(List<String> of, FloatBinaryOperator operation) {
        var a = operand(of.get(1), "f32");
        var b = operand(of.get(2), "f32");
        return set(
                of.getFirst(),
                "f32",
                () -> Float.floatToRawIntBits(operation.applyAsFloat(real(a.getAsLong()), real(b.getAsLong()))));
    }

    private Runnable doubles(List<String> of, DoubleBinaryOperator operation) {
        var a = operand(of.get(1), "f64");
        var b = operand(of.get(2), "f64");
        return set(
                of.getFirst(),
                "f64",
                () -> Double.doubleToRawLongBits(operation.applyAsDouble(
                        Double.longBitsToDouble(a.getAsLong()), Double.longBitsToDouble(b.getAsLong()))));
    }

    private Runnable compare(List<String> of, String kind, LongBinaryPredicate comparison) {
        var a = operand(of.get(1), kind);
        var b = operand(of.get(2), kind);
        return set(of.getFirst(), "pred", () -> comparison.test(a.getAsLong(), b.getAsLong()) ? 1 : 0);
    }

    private Runnable convert(List<String> of, String to, String from, LongUnaryOperator conversion) {
        var a = register(of.get(1), from);
        return set(of.getFirst(), to, () -> conversion.applyAsLong(a.getAsLong()));
    }

    private Runnable load(List<String> of, String kind, int bytes) {
        var address = address(of.get(1));
        return set(of.getFirst(), kind, () -> memory.load(address.getAsLong(), bytes));
    }

    private Runnable store(List<String> of, String kind, int bytes) {
        var address = address(of.getFirst());
        var value = register(of.get(1), kind);
        return () -> memory.store(address.getAsLong(), bytes, value.getAsLong());
    }

    private LongSupplier address(String written) {
        require(written.startsWith("[") && written.endsWith("]"), "no address: " + written);
        var inner = written.substring(1, written.length() - 1);
        var plus = inner.indexOf('+');
        var base = register(plus < 0 ? inner : inner.substring(0, plus), "b64");
        var offset = plus < 0 ? 0 : Long.parseLong(inner.substring(plus + 1));
        return () -> base.getAsLong() + offset;
    }

    /** Sets a register of this class to as many bits as it has. */
    private Runnable set(String name, String kind, LongSupplier value) {
        var slot = slot(name, kind);
        var mask =
                switch (kind) {
                    case "pred" -> 1L;
                    case "b16" -> 0xFFFFL;
                    case "b32", "f32" -> 0xFFFF_FFFFL;
                    case "b64", "f64" -> -1L;
                    default -> throw new AssertionError("no register class " + kind);
                };
        return () -> registers[slot] = value.getAsLong() & mask;
    }

    private LongSupplier operand(String written, String kind) {
        if (written.startsWith("%")) {
            return register(written, kind);
        }
        long bits;
        if (kind.equals("f32")) {
            require(written.matches("0f[0-9A-F]{8}"), "no float: " + written);
            bits = Long.parseLong(written.substring(2), 16);
        } else if (kind.equals("f64")) {
            require(written.matches("0d[0-9A-F]{16}"), "no double: " + written);
            bits = Long.parseUnsignedLong(written.substring(2), 16);
        } else {
            bits = Long.parseLong(written);
        }
        return () -> bits;
    }

    private LongSupplier register(String name, String kind) {
        var slot = slot(name, kind);
        return () -> registers[slot];
    }

    private int slot(String name, String kind) {
        var declared = PLACE.contains(name) ? "b32" : text.registers().getOrDefault(name, "nothing");
        require(kind.equals(declared), name + " is " + declared + ", not " + kind);
        return slots.getOrDefault(name, -1);
    }

    private static float real(long bits) {
        return Float.intBitsToFloat((int) bits);
    }
}
