package dev.tryon.server;

import dev.tryon.store.FileSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where files lie, and who looks at them first.
 *
 * @param node the name of this server among those that share a database; empty to make one up
 * @param store where they lie, and the keys they are sealed with
 * @param totalBytes of all uploads and results of everybody
 * @param clamd that is shown every upload
 */
record FilesSettings(Optional<String> node, FileSettings store, long totalBytes, Optional<InetSocketAddress> clamd) {
    private static final int LAST_PORT = 65_535;

    static FilesSettings of(Settings settings, Path dataDir) {
        var node = settings.given("node.name");
        if (node.isPresent() && !node.get().matches(NodeName.PATTERN)) {
            throw new SettingsException("node.name has up to 64 letters, digits, dots and dashes, not " + node.get());
        }
        var totalBytes = settings.large("files.total-bytes");
        if (totalBytes < 1) {
            throw new SettingsException("files.total-bytes must be at least 1, not " + totalBytes);
        }
        var keys = settings.given("files.keys").map(Path::of).orElseGet(() -> FileSettings.keysIn(dataDir));
        return new FilesSettings(
                node,
                new FileSettings(keys, bucket(settings)),
                totalBytes,
                settings.given("files.clamd").map(FilesSettings::address));
    }

    private static Optional<FileSettings.Bucket> bucket(Settings settings) {
        return switch (settings.text("files.location")) {
            case "local" -> Optional.empty();
            case "s3" -> Optional.of(s3(settings));
            default ->
                throw new SettingsException(
                        "files.location must be local or s3, not " + settings.text("files.location"));
        };
    }

    private static FileSettings.Bucket s3(Settings settings) {
        try {
            return new FileSettings.Bucket(
                    new URI(settings.text("files.s3.endpoint")),
                    settings.text("files.s3.bucket"),
                    settings.text("files.s3.region"),
                    settings.text("files.s3.access-key"),
                    settings.text("files.s3.secret-key"),
                    Words.of(FileSettings.Addressing.class, settings.text("files.s3.addressing"))
                            .orElseThrow(() -> new SettingsException("files.s3.addressing must be path or host, not "
                                    + settings.text("files.s3.addressing"))));
        } catch (URISyntaxException | IllegalArgumentException failure) {
            throw new SettingsException("files.s3: " + failure.getMessage(), failure);
        }
    }

    private static InetSocketAddress address(String text) {
        var colon = text.lastIndexOf(':');
        try {
            var port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= LAST_PORT) {
                return InetSocketAddress.createUnresolved(text.substring(0, colon), port);
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new SettingsException("files.clamd must be like host:3310, not " + text);
    }
}
