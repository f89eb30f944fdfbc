namespace IntegrationKit.Servers;

/// <summary>
/// A template that a server had when it started, with a first clone of it: the clone's files were copied together with the
/// server's, which is cheaper than CREATE DATABASE.
/// </summary>
// Hash: Of the recipe.
// Oid: Object id of the template, the name of its folder.
// Database: Name of the first clone.
// DatabaseOid: Its object id.
internal sealed record CachedTemplate(string Hash, uint Oid, string Database, uint DatabaseOid);
