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
        const given = ui.authSelectors.authorized().getIn(["bearer", "value"]);
        if (shown?.token && (!given || urls.some((each) => each.token === given))) {
          ui.preauthorizeApiKey("bearer", shown.token);
        }
      },
      presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
      layout: "StandaloneLayout",
    });
  });
