using IntegrationKit.Model;

namespace IntegrationKit.Rules;

/// <summary>Rules whose findings fixtures observe themselves; here they only get their names.</summary>
internal static class FixtureRules
{
    public static readonly IReadOnlyList<RuleDescription> All =
    [
        new("IK18", "Test asserts nothing", "Nothing the test calls can fail it: it passes whatever the application answers. Assert what the answer has to be."),
        new("IK1003", "Fatal error of the runner", "The test runner reported an error that belongs to no test; tests may be missing from the run."),
        new("IK1007", "Rule could not be evaluated", "A rule of the report failed. Its findings are missing from this report; please report the message."),
        new("IK2003", "Resource ended during the run", "A server or container the tests need went away while they ran."),
        new("IK2006", "Migration failed", "The database could not be brought to the version the tests expect."),
        new("IK2007", "Database kept", "The database of a failed test was kept on request, for a look into it."),
        new("IK2008", "Resource left behind", "Something the run started could not be stopped."),
        new("IK4001", "Rows left after the reset", "A test found rows of another test: the reset did not bring the database back to its baseline."),
        new("IK4002", "Open transaction at the end of a test", "The application or the test left a transaction open; its locks can block other tests."),
        new("IK4003", "Database could not be reset", "The database was thrown away and cloned anew, which costs time."),
        new("IK5001", "Unmatched request", "The application called a mock in a way no stub answers. Add a stub or correct the call."),
        new("IK5002", "Unused stub", "A stub was set up and never asked for: the test arranges something that does not matter."),
        new("IK5004", "Contract mismatch", "A request or an answer does not fit the declared OpenAPI document."),
        new("IK5005", "OpenAPI document unreadable", "The application's OpenAPI document could not be made or read: its answers were not checked against it."),
        new("IK5006", "Stub could not answer", "A stub matched, and its template, body file or proxy target is wrong: the application got a 500 that says so."),
        new("IK5007", "Webhook failed", "A mock could not make the call a stub asks for after its answer."),
        new("IK5008", "Breaking change of the API", "The application's OpenAPI document takes away what the committed one promises. Bring it back, or release a new version and commit its document."),
        new("IK5009", "Request refused", "A mock did not read a request to its end, because its body is larger than the mock accepts. MaxBody accepts more."),
        new("IK5010", "Journal of a mock full", "A mock dropped its oldest requests: checks of calls do not see them. Journal keeps more."),
        new("IK5011", "Endpoints not listed", "The application's endpoints could not be read: the report cannot say which of them no test calls."),
        new("IK7003", "Redaction pattern unusable", "A line of INTEGRATIONKIT_REDACT is no regular expression. What it was to mask is in the report as it was: correct the pattern, and treat this report as if it held the secret."),
    ];
}
