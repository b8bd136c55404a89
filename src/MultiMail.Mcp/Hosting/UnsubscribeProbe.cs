using System.Net.Http.Headers;
using System.Text;
using MultiMail.Core.Suppression;

namespace MultiMail.Mcp.Hosting;

/// <summary>Calls the public address over HTTP as a one-click caller does: no cookies, no redirects, ten seconds.</summary>
internal sealed class UnsubscribeProbe : IUnsubscribeProbe
{
    private const int LargestAnswer = 64 * 1024;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public Task<ProbeAnswer> GetAsync(Uri page, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, page), cancellationToken);

    public Task<ProbeAnswer> PostAsync(Uri page, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, page)
        {
            Content = new StringContent("List-Unsubscribe=One-Click", Encoding.ASCII, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        },
        cancellationToken);

    private static async Task<ProbeAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        using (var client = new HttpClient(handler) { Timeout = AnswerWithin, MaxResponseContentBufferSize = LargestAnswer })
        {
            try
            {
                using var answer = await client.SendAsync(request, cancellationToken);
                return new ProbeAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return new ProbeAnswer(0, e is HttpRequestException { HttpRequestError: var error } ? $"{error}." : "It took too long.");
            }
        }
    }
}
