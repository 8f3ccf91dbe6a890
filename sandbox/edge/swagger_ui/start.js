"use strict";
// Shows the documents that the server names in /docs/assets/documents.json.
fetch("/docs/assets/documents.json")
  .then((answer) => answer.json())
  .then((urls) =>
    SwaggerUIBundle({
      dom_id: "#swagger-ui",
      urls,
      "urls.primaryName": "v3",
      deepLinking: true,
      persistAuthorization: true,
      validatorUrl: null,
      presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
      layout: "StandaloneLayout",
    })
  );
