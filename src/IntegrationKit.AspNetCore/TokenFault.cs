namespace IntegrationKit;

/// <summary>What is wrong with a token. Each is one row of the negative matrix every protected endpoint should refuse.</summary>
public enum TokenFault
{
    /// <summary>A valid token.</summary>
    None,

    /// <summary>It expired an hour ago.</summary>
    Expired,

    /// <summary>It becomes valid in an hour.</summary>
    NotYetValid,

    /// <summary>It was issued for another application.</summary>
    WrongAudience,

    /// <summary>It names another issuer.</summary>
    WrongIssuer,

    /// <summary>It is signed with a key the provider does not publish.</summary>
    WrongKey,

    /// <summary>Its content was changed after signing.</summary>
    Tampered,
}
