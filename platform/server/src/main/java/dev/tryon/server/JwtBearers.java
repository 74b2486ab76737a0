package dev.tryon.server;

import java.time.InstantSource;
import java.util.Optional;

/** Tells whose the tokens of the issuer are that the settings name. Thread-safe. */
final class JwtBearers implements Identities.Bearers {
    private final AuthSettings.Jwt settings;
    private final TokenCheck check;

    JwtBearers(AuthSettings.Jwt settings, InstantSource clock) {
        this.settings = settings;
        this.check = new TokenCheck(
                TokenKeys.of(settings),
                new TokenCheck.Expected(settings.issuer(), settings.audience(), settings.clockSkew()),
                clock);
    }

    @Override
    public Optional<Identities.Borne> of(String token) {
        return check.claims(token)
                .filter(claims -> !claims.subject().startsWith(Identity.OURS))
                .map(claims -> new Identities.Borne(identity(claims), claims));
    }

    private Identity identity(TokenCheck.Claims claims) {
        var tier = claims.words(settings.tierClaim()).stream()
                .flatMap(word -> Tier.of(word).stream())
                .max(Tier::compareTo)
                .orElse(Tier.FREE);
        return new Identity(
                claims.subject(),
                claims.words(settings.classClaim()).contains("client") ? CallerClass.CLIENT : CallerClass.PAGE,
                tier,
                claims.words(settings.adminClaim()).contains(settings.adminValue()) ? Role.ADMIN : Role.USER);
    }
}
