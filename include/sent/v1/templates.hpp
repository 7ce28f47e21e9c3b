#pragma once

#include <optional>
#include <string>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>

namespace sent::v1 {

/// A template as v1 shows it. The shape is not documented, so this takes what the
/// generations around it send, and leaves the rest empty; `Result::meta().raw_body` has all. Prefer
/// `v2().templates()`.
struct Template {
    std::string id{};
    /// From `name` or `displayName`.
    std::string name{};
    std::string category{};
    std::string language{};
    std::string status{};
    /// Text of older templates.
    std::optional<std::string> raw_body{};
    /// Content of newer templates, as JSON.
    RawJson definition{};
    std::optional<bool> is_published{};
    std::optional<std::string> customer_id{};
    std::optional<std::string> whatsapp_template_id{};
    std::optional<std::string> whatsapp_template_name{};
    std::optional<std::string> whatsapp_template_status{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// `GET /v1/templates`.
struct ListTemplatesRequest {};

/// `GET /v1/templates/id`.
struct GetTemplateRequest {
    std::string id{};
};

/// Reading templates by v1. Thread-safe; every operation is a read and is repeated when it fails for a
/// passing reason.
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// `GET /v1/templates`: at most 100, in one page.
    Result<Page<Template>> list(const CallOptions& options = {}) const;
    /// The same as a range of Results.
    [[nodiscard]] PageRange<Template> all(const CallOptions& options = {}) const;
    /// `GET /v1/templates/id`.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v1

SENT_DETAIL_DESCRIBE(sent::v1::Template);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v1::Template>);
SENT_DETAIL_DESCRIBE(sent::v1::ListTemplatesRequest);
SENT_DETAIL_DESCRIBE(sent::v1::GetTemplateRequest);
SENT_DETAIL_OPERATION(sent::v1::ListTemplatesRequest, sent::Page<sent::v1::Template>);
SENT_DETAIL_OPERATION(sent::v1::GetTemplateRequest, sent::v1::Template);
