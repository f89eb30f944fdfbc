namespace IntegrationKit.Resets;

/// <summary>
/// Our schema in a template: two sequences as non-transactional flags (a rolled-back CREATE TABLE also changes nothing, but
/// a flag that survives is on the safe side), raised by event triggers, and the list of seeded tables.
/// </summary>
internal static class WatchScript
{
    private const string Common = """
        CREATE SCHEMA IF NOT EXISTS integrationkit;
        COMMENT ON SCHEMA integrationkit IS 'Made by IntegrationKit: how this test database is reset between tests.';
        """;

    private const string Watch = """
        CREATE EXTENSION IF NOT EXISTS pg_visibility SCHEMA integrationkit;
        CREATE SEQUENCE integrationkit.schema_changes;
        CREATE SEQUENCE integrationkit.view_refreshes;
        CREATE FUNCTION integrationkit.note_command() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $note$
        BEGIN
            IF tg_event = 'sql_drop' THEN
                IF EXISTS (SELECT 1 FROM pg_event_trigger_dropped_objects() WHERE NOT is_temporary) THEN
                    PERFORM nextval('integrationkit.schema_changes');
                END IF;
            ELSIF tg_tag = 'REFRESH MATERIALIZED VIEW' THEN
                PERFORM nextval('integrationkit.view_refreshes');
            ELSIF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp') THEN
                PERFORM nextval('integrationkit.schema_changes');
            END IF;
        END $note$;
        CREATE EVENT TRIGGER integrationkit_commands ON ddl_command_end EXECUTE FUNCTION integrationkit.note_command();
        CREATE EVENT TRIGGER integrationkit_drops ON sql_drop EXECUTE FUNCTION integrationkit.note_command();
        """;

    // exact: Event triggers and the visibility map need a superuser; without one nothing is put into the database.
    public static string Text(bool exact) => exact ? Common + Watch : "SELECT 1";
}
