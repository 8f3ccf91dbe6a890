"use strict";
// Shows the documents that the server names in /docs/assets/documents.json, each with the first token of its providers.
fetch("/docs/assets/documents.json")
  .then((answer) => answer.json())
  .then((urls) => {
    const ui = SwaggerUIBundle({
      dom_id: "#swagger-ui",
      urls,
      "urls.primaryName": "v3",
      deepLinking: true,
      persistAuthorization: true,
      validatorUrl: null,
      onComplete: () => {
        const shown = urls.find((each) => each.url === ui.specSelectors.url());
        if (shown?.token && !ui.authSelectors.authorized().has("bearer")) {
          ui.preauthorizeApiKey("bearer", shown.token);
        }
      },
      presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
      layout: "StandaloneLayout",
    });
  });
