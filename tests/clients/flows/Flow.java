// openapi-generator's java, with the HTTP client of the JDK.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.DeclarationsApi;
import org.openapitools.client.api.ParticipantsApi;
import org.openapitools.client.model.DeclarationRequest;

public class Flow {
    private static ApiClient client(String url, String bearer) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + bearer));
        return client;
    }

    private static DeclarationsApi.APICreateDeclarationRequest request(String body) throws Exception {
        DeclarationRequest declaration = new ObjectMapper().findAndRegisterModules()
            .registerModule(new com.fasterxml.jackson.datatype.jsr310.JavaTimeModule())
            .readValue(body, DeclarationRequest.class);
        return DeclarationsApi.APICreateDeclarationRequest.newBuilder().declarationRequest(declaration).build();
    }

    public static void main(String[] given) throws Exception {
        String url = given[0];
        String token = given[1];
        var page = ParticipantsApi.APIListParticipantsRequest.newBuilder().pagePerPage(2).build();
        var declarations = new DeclarationsApi(client(url, token));
        var listed = new ParticipantsApi(client(url, token)).listParticipantsWithHttpInfo(page);
        var declared = declarations.createDeclarationWithHttpInfo(request(given[2]));
        String said = listed.getStatusCode() + " " + listed.getData().getData().size() + " " + declared.getStatusCode()
            + " " + declared.getData().getData().getAttributes().getState();
        try {
            declarations.createDeclaration(request(given[3]));
        } catch (ApiException refusal) {
            JsonNode body = new ObjectMapper().readTree(refusal.getResponseBody());
            said += " " + refusal.getCode() + " " + body.get("errors").get(0).get("title").asText();
        }
        try {
            new ParticipantsApi(client(url, token + "-revoked")).listParticipants(page);
        } catch (ApiException refusal) {
            said += " " + refusal.getCode();
        }
        System.out.println(said);
    }
}
