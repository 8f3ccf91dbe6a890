// NSwag's C#.
using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Generated;
using Newtonsoft.Json;

public static class Flow
{
    private static Client ClientOf(string url, string bearer)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return new Client(http) { BaseUrl = url };
    }

    private static DeclarationRequest Request(string body)
    {
        return JsonConvert.DeserializeObject<DeclarationRequest>(body);
    }

    private static async Task<string> Tried(string url, string token, string started, string refused)
    {
        var client = ClientOf(url, token);
        var listed = await client.List_participantsAsync(pageper_page: 2);
        var declared = await client.Create_declarationAsync(Request(started));
        var said = $"200 {listed.Data.Count} 200 {declared.Data.Attributes.State.ToString().ToLower()}";
        try
        {
            await client.Create_declarationAsync(Request(refused));
        }
        catch (ApiException<Errors> refusal)
        {
            foreach (var fault in refusal.Result.Errors1) said += $" {refusal.StatusCode} {fault.Title}";
        }
        try
        {
            await ClientOf(url, token + "-revoked").List_participantsAsync();
        }
        catch (ApiException refusal)
        {
            said += $" {refusal.StatusCode}";
        }
        return said;
    }

    public static void Main(string[] given)
    {
        Console.WriteLine(Tried(given[0], given[1], given[2], given[3]).Result);
    }
}
