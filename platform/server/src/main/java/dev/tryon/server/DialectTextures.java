package dev.tryon.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A scan as JSON with its textures in base64, written one texture after the other while it is sent.
 *
 * <p>Holds its share of the memory until it is closed: encoded pictures of clients that do not read are counted too.
 */
final class DialectTextures implements Reply.Content {
    private final SortedMap<String, Texture> textures;
    private final JsonObject facts;
    private final BodyMemory.Share share;

    /**
     * Takes over the share, which then has no more than what is left to be sent.
     *
     * @param textures by name
     * @param facts what is said besides, never empty
     */
    DialectTextures(SortedMap<String, Texture> textures, JsonObject facts, BodyMemory.Share share) {
        this.textures = new TreeMap<>(textures);
        this.facts = facts;
        this.share = share;
        var bytes = textures.values().stream().mapToLong(texture -> texture.encoded().length);
        var largest = textures.values().stream()
                .mapToLong(texture -> texture.encoded().length)
                .max()
                .orElse(0);
        // Beside the textures, one of them is there in base64.
        share.keepOnly(bytes.sum() + 2 * largest);
    }

    /** One picture. @param encoded as a file */
    @SuppressWarnings("ArrayRecordComponent") // textures are never compared
    record Texture(String mediaType, byte[] encoded) {}

    @Override
    public void writeTo(OutputStream out) throws IOException {
        var before = "{\"textures\":{";
        for (var texture : textures.entrySet()) {
            var start = before + Json.createValue(texture.getKey()) + ":\"data:"
                    + texture.getValue().mediaType() + ";base64,";
            out.write(start.getBytes(StandardCharsets.UTF_8));
            // In one piece: each piece has a time, and a client that takes a little now and then shall not have many.
            out.write(Base64.getEncoder().encode(texture.getValue().encoded()));
            before = "\",";
        }
        out.write((textures.isEmpty() ? before : "\"").getBytes(StandardCharsets.UTF_8));
        out.write(("}," + facts.toString().substring(1)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        share.close();
    }
}
