// Swagger asks no validator elsewhere: this page talks to its own service only.
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", validatorUrl: null, deepLinking: true });
