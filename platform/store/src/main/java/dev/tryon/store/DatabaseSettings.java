package dev.tryon.store;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Which database keeps the entries.
 *
 * @param url empty for a PostgreSQL of its own in the data directory, {@code memory:}, {@code postgresql://host/name},
 *     {@code jdbc:postgresql://host/name} or {@code mongodb://host/name}
 * @param user to log in as; empty if the URL says it, or nobody needs to
 * @param password to log in with; never shown
 * @param maxConnections at a time, from 1
 */
public record DatabaseSettings(String url, String user, String password, int maxConnections) {
    /** Which driver it takes. */
    enum Driver {
        EMBEDDED,
        MEMORY,
        POSTGRESQL,
        MONGODB
    }

    /** Checks that there is a driver for the URL. */
    public DatabaseSettings {
        if (maxConnections < 1 || maxConnections > 1000) {
            throw new IllegalArgumentException("from 1 to 1000 connections, not " + maxConnections);
        }
        driver(url);
    }

    /** Returns settings of a database in main memory. */
    public static DatabaseSettings memory() {
        return new DatabaseSettings("memory:", "", "", 1);
    }

    Driver driver() {
        return driver(url);
    }

    private static Driver driver(String url) {
        if (url.isEmpty()) {
            return Driver.EMBEDDED;
        } else if (url.equals("memory:")) {
            return Driver.MEMORY;
        } else if (url.startsWith("postgresql://") || url.startsWith("jdbc:postgresql:")) {
            return Driver.POSTGRESQL;
        } else if (url.startsWith("mongodb://") || url.startsWith("mongodb+srv://")) {
            return Driver.MONGODB;
        }
        throw new IllegalArgumentException(
                "a database is empty, memory:, postgresql://…, jdbc:postgresql:… or mongodb://…");
    }

    /** Returns these settings with what a {@code postgresql://user:password@host} says told apart, as JDBC wants it. */
    DatabaseSettings forJdbc() {
        if (url.startsWith("jdbc:")) {
            return this;
        }
        try {
            var address = new URI(url);
            var login = address.getUserInfo();
            if (login == null) {
                return new DatabaseSettings("jdbc:" + url, user, password, maxConnections);
            }
            var colon = login.indexOf(':');
            return new DatabaseSettings(
                    "jdbc:" + url.replaceFirst("//[^@/]*@", "//"),
                    user.isEmpty() ? login.substring(0, colon < 0 ? login.length() : colon) : user,
                    password.isEmpty() && colon >= 0 ? login.substring(colon + 1) : password,
                    maxConnections);
        } catch (URISyntaxException _) {
            // Without its cause, which shows all of the URL.
            throw new IllegalArgumentException("the database's URL is no URL");
        }
    }

    /** Returns which driver it is, and nothing that is secret. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + driver() + ", at most " + maxConnections + " connections]";
    }
}
