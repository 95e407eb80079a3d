// Starts Swagger UI on our own file. Nothing leaves the origin: no validator, no remote config.
window.addEventListener("DOMContentLoaded", () => {
  window.SwaggerUIBundle({
    url: "/openapi.yaml",
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    queryConfigEnabled: false,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    syntaxHighlight: { activated: true, theme: "idea" },
  });
});
