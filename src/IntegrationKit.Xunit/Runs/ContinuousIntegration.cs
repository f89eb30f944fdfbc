namespace IntegrationKit.Runs;

/// <summary>The build this run belongs to, when a known CI system runs it.</summary>
internal sealed record ContinuousIntegration(string Provider, string? BuildId, string? Url, string? Commit, string? Branch)
{
    public static ContinuousIntegration? Detect()
    {
        if (Read("GITHUB_ACTIONS") is not null)
        {
            var url = Read("GITHUB_SERVER_URL") is { } server ? $"{server}/{Read("GITHUB_REPOSITORY")}/actions/runs/{Read("GITHUB_RUN_ID")}" : null;
            return new("github", Read("GITHUB_RUN_ID"), url, Read("GITHUB_SHA"), Read("GITHUB_HEAD_REF") ?? Read("GITHUB_REF_NAME"));
        }

        if (Read("GITLAB_CI") is not null)
        {
            return new("gitlab", Read("CI_PIPELINE_ID"), Read("CI_JOB_URL"), Read("CI_COMMIT_SHA"), Read("CI_COMMIT_REF_NAME"));
        }

        if (Read("TF_BUILD") is not null)
        {
            return new("azure", Read("BUILD_BUILDID"), null, Read("BUILD_SOURCEVERSION"), Read("BUILD_SOURCEBRANCHNAME"));
        }

        return Read("CI") is not null ? new("unknown", null, null, null, null) : null;
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
