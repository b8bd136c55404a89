namespace MultiMail.Web.Dashboard.Security;

/// <summary>Asks a signed-in person for the password once more, so that a browser left open loosens nothing.</summary>
internal static class StepUp
{
    public static RefusalException Wrong() =>
        new(ErrorCodes.ScopeMissing, "The password is wrong, so nothing was changed.", "Type the password that you sign in with.");

    public static async Task<bool> IsRightAsync(PageCall call, string? password)
    {
        var people = await call.Node.People.ListAsync(call.Person, call.Aborted);
        var email = people.FirstOrDefault(p => p.Id == call.Person.PublicId)?.Email;
        var proof = await call.Node.People.SignInByPasswordAsync(email, password, call.Aborted);
        if (proof is null)
        {
            return false;
        }

        // Only the proof was wanted, not a second session.
        await call.Node.People.SignOutAsync(proof.Token, call.Aborted);
        return proof.Principal.PublicId == call.Person.PublicId;
    }

    /// <summary>Null: go on; otherwise how long to wait. Guessing here counts like guessing at the sign-in form.</summary>
    public static TimeSpan? Wait(PageCall call) =>
        call.Http.RequestServices.GetRequiredService<SignInLimiter>().Attempt(call.Http.Connection.RemoteIpAddress?.ToString(), call.Person.PublicId);
}
