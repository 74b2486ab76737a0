package dev.tryon.server;

import dev.tryon.store.Store;
import java.util.Optional;

/**
 * Everything that decides who may come in.
 *
 * @param freshAdminToken the administrators' token if this start has made it
 */
record Access(Secrets secrets, Tokens tokens, Identities identities, Audit audit, Optional<String> freshAdminToken) {

    static Access open(ServerSettings settings, Secrets secrets, Store store, Ids ids, Clocks clocks) {
        var auth = settings.auth();
        var tokens = new Tokens(clocks.wall(), secrets);
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
                store,
                secrets);
        var audit = new Audit(store.audit(), secrets, ids, clocks.wall(), auth.auditLifetime());
        return new Access(secrets, tokens, identities, audit, adminToken.fresh());
    }
}
