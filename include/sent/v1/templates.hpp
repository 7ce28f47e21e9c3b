#pragma once

#include <optional>
#include <string>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>

namespace sent::v1 {

/// A template as v1 returns it. The service does not document the shape, so this struct reads the members
/// that v2 and older versions use and leaves the others empty. `Result::meta().raw_body` has the whole
/// answer. Prefer `v2().templates()`.
struct Template {
    std::string id{};
    /// Read from `name` or `displayName`.
    std::string name{};
    std::string category{};
    std::string language{};
    std::string status{};
    /// Text of an older template.
    std::optional<std::string> raw_body{};
    /// Content of a newer template, as JSON.
    RawJson definition{};
    std::optional<bool> is_published{};
    std::optional<std::string> customer_id{};
    std::optional<std::string> whatsapp_template_id{};
    std::optional<std::string> whatsapp_template_name{};
    std::optional<std::string> whatsapp_template_status{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// Lists templates: `GET /v1/templates`. See Templates::list().
struct ListTemplatesRequest {};

/// Reads a template by id: `GET /v1/templates/id`. See Templates::get().
struct GetTemplateRequest {
    /// Required.
    std::string id{};
};

/// Reads templates through v1. Thread-safe. Every operation is a read, so it is retried after transient
/// failures.
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// Returns at most 100 templates, all in one page: `GET /v1/templates`. A read: retried after transient
    /// failures.
    Result<Page<Template>> list(const CallOptions& options = {}) const;
    /// Returns the templates of list() as a range. Each element is a Result; an error is the last element.
    [[nodiscard]] PageRange<Template> all(const CallOptions& options = {}) const;
    /// Returns the template with this id: `GET /v1/templates/id`. A read: retried after transient failures.
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
