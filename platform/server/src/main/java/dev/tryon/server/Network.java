package dev.tryon.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address.
 *
 * @param address the first of them
 * @param bits how many they have in common
 */
public record Network(InetAddress address, int bits) {
    /** What one household or machine is given of IPv6: whoever has one address has all of these. */
    private static final int HOUSEHOLD_BITS = 64;

    /** Checks the bits. */
    public Network {
        if (bits < 0 || bits > address.getAddress().length * Byte.SIZE) {
            throw new SettingsException("there is no network " + address.getHostAddress() + "/" + bits);
        }
    }

    /** Reads a network as it is written. */
    static Network parse(String text) {
        var slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            return new Network(
                    address,
                    slash < 0 ? address.getAddress().length * Byte.SIZE : Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException _) {
            throw new SettingsException("server.trusted-proxies: not a network: " + text);
        }
    }

    /** Reads an address; empty if a text is none. Nothing is looked up. */
    static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Returns the addresses that are probably the same caller's. */
    static Network household(InetAddress address) {
        var bits = address.getAddress().length * Byte.SIZE;
        return new Network(address, bits > HOUSEHOLD_BITS ? HOUSEHOLD_BITS : bits).first();
    }

    boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && Arrays.equals(masked(other.getAddress()), masked(address.getAddress()));
    }

    private Network first() {
        try {
            return new Network(InetAddress.getByAddress(masked(address.getAddress())), bits);
        } catch (UnknownHostException failure) {
            throw new IllegalStateException("an address keeps its length", failure);
        }
    }

    private byte[] masked(byte[] bytes) {
        var masked = bytes.clone();
        for (int bit = bits; bit < masked.length * Byte.SIZE; bit++) {
            masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        return masked;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
