/**
 * What the platform keeps: uploads, results, sessions, jobs, catalogue items, marks and the audit log.
 *
 * <p>Used by the server alone, through {@link dev.tryon.store.Store}. A database keeps entries and offers six simple calls
 * ({@link dev.tryon.store.Records}); what the store promises is built on those once. Files lie in a file store of their
 * own. It reads the time from a clock that it is given, and needs no native code.
 */
module dev.tryon.store {
    requires com.google.crypto.tink;
    requires com.google.gson; // tink writes its keys with it, and does not say so
    requires com.zaxxer.hikari;
    requires embedded.postgres.binaries.linux.amd64;
    requires flyway.core;
    requires flyway.database.postgresql;
    requires io.github.bucket4j.core;
    requires io.helidon.dbclient.jdbc;
    requires io.helidon.dbclient;
    requires jakarta.json.bind;
    requires transitive jakarta.json;
    requires java.sql;
    requires org.apache.commons.compress;
    requires static org.jspecify; // null annotations, read by the compiler alone
    requires org.mongodb.bson;
    requires org.mongodb.driver.core;
    requires org.mongodb.driver.sync.client;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires org.tukaani.xz;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;

    exports dev.tryon.store;

    opens dev.tryon.store to
            org.eclipse.yasson; // which reads and makes the entries' records
}
