package dev.tryon.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part after part, strictly and bounded: no preamble, few and short headers,
 * a limit for each body, and nothing is taken for an end that is not one.
 *
 * <p>Not thread-safe.
 */
final class MultipartReader {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LONGEST_LINE_BYTES = 1024;
    private static final int MOST_HEADERS = 8;
    private static final int MOST_PARTS = 8;
    private static final Pattern BOUNDARY = Pattern.compile(
            ";\\s*boundary=(?:\"([^\"]{1,70})\"|([0-9A-Za-z'()+_,./:=?-]{1,70}))\\s*(?:;.*)?$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);
    private static final String CONTENT_TYPE = "Content-Type:";
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream source;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private int parts;
    private String contentType = "";

    /**
     * Reads from a stream.
     *
     * @param boundary as given in the media type
     */
    MultipartReader(InputStream source, String boundary) {
        this.source = source;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Finds the boundary in a media type; empty if it is another type or has none. */
    static Optional<String> boundary(String mediaType) {
        if (!mediaType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        var matcher = BOUNDARY.matcher(mediaType);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2)));
    }

    /** A body is longer than allowed. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super("a part is longer than allowed", null, false, false);
        }
    }

    /**
     * Goes to the next part, whose body must have been read before.
     *
     * @return the part's name; empty at the end
     */
    Optional<String> next() throws IOException, MalformedException {
        if (parts == 0) {
            // The first delimiter has no line end before it.
            expect(Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length));
        }
        var after = take(LINE_END.length);
        if (after[0] == '-' && after[1] == '-') {
            return Optional.empty();
        }
        if (!Arrays.equals(after, LINE_END)) {
            throw new MalformedException("A boundary is not followed by a line end.");
        }
        parts++;
        if (parts > MOST_PARTS) {
            throw new MalformedException("There are too many parts.");
        }
        return Optional.of(name());
    }

    /** Reads the headers for the name. */
    private String name() throws IOException, MalformedException {
        var name = Optional.<String>empty();
        contentType = "";
        for (int count = 0; count <= MOST_HEADERS; count++) {
            var line = line();
            if (line.isEmpty()) {
                return name.orElseThrow(() -> new MalformedException("A part has no name."));
            }
            if (line.regionMatches(true, 0, "Content-Disposition:", 0, "Content-Disposition:".length())) {
                var matcher = NAME.matcher(line);
                if (matcher.find()) {
                    name = Optional.ofNullable(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2)));
                }
            } else if (line.regionMatches(true, 0, CONTENT_TYPE, 0, CONTENT_TYPE.length())) {
                contentType = line.substring(CONTENT_TYPE.length())
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT);
            }
        }
        throw new MalformedException("A part has too many headers.");
    }

    /** Returns what the sender calls the part's media type, without parameters; empty if nothing. */
    String contentType() {
        return contentType;
    }

    /**
     * Reads the body of the part.
     *
     * @throws TooLongException if it is longer than allowed; nothing can be read afterwards
     */
    byte[] body(int mostBytes) throws IOException, MalformedException, TooLongException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var found = indexOf(delimiter);
            var until = found >= 0 ? found : Math.max(start, end - delimiter.length + 1);
            if (body.size() + (until - start) > mostBytes) {
                throw new TooLongException();
            }
            body.write(buffer, start, until - start);
            start = until;
            if (found >= 0) {
                start += delimiter.length;
                return body.toByteArray();
            }
            fill();
        }
    }

    private String line() throws IOException, MalformedException {
        while (true) {
            var found = indexOf(LINE_END);
            if (found >= 0) {
                var line = new String(buffer, start, found - start, StandardCharsets.UTF_8);
                start = found + LINE_END.length;
                return line;
            }
            if (end - start > LONGEST_LINE_BYTES) {
                throw new MalformedException("A header is too long.");
            }
            fill();
        }
    }

    private void expect(byte[] bytes) throws IOException, MalformedException {
        if (!Arrays.equals(take(bytes.length), bytes)) {
            throw new MalformedException("The body does not begin with its boundary.");
        }
    }

    private byte[] take(int count) throws IOException, MalformedException {
        while (end - start < count) {
            fill();
        }
        start += count;
        return Arrays.copyOfRange(buffer, start - count, start);
    }

    private int indexOf(byte[] wanted) {
        for (int at = start; at <= end - wanted.length; at++) {
            if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private void fill() throws IOException, MalformedException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        var read = source.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new MalformedException("The body ended too early.");
        }
        end += read;
    }
}
