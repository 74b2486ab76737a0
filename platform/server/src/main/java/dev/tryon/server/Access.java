package dev.tryon.server;

import dev.tryon.store.Store;
import java.util.Optional;

/**
 * Everything that decides who may come in.
 *
 * @param freshAdminToken the administrators' token if this start has made it
 */
record Access(
        Secrets secrets,
        Tokens tokens,
        Identities identities,
        Tombstones tombstones,
        Audit audit,
        Optional<String> freshAdminToken) {

    static Access open(ServerSettings settings, Store store, Ids ids, Clocks clocks) {
        var auth = settings.auth();
        var secrets = Secrets.open(auth.key(), settings.dataDir());
        var tokens = new Tokens(clocks.wall(), secrets);
        var tombstones = new Tombstones(store.marks(), secrets, clocks.wall());
        var adminToken = AdminToken.open(auth.adminToken(), settings.dataDir(), ids);
        var identities = new Identities(
                adminToken.token(),
                Identities.bearers(auth, tokens, clocks.wall()),
                new SignedRequests(
                        auth.clients(),
                        store.marks(),
                        secrets,
                        ids,
                        clocks.wall(),
                        new BodyMemory(settings.uploads().memoryBytes())),
                tombstones,
                secrets);
        var audit = new Audit(store.audit(), secrets, ids, clocks.wall(), auth.auditLifetime());
        return new Access(secrets, tokens, identities, tombstones, audit, adminToken.fresh());
    }
}
