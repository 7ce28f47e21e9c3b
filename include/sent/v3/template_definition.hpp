#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/export.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>

namespace sent {
inline namespace v3 {

/// Type of a template's header. Open enumeration: see OpenEnum.
class HeaderType : public OpenEnum<HeaderType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant text{"text"};
    static constexpr Constant image{"image"};
    static constexpr Constant video{"video"};
    static constexpr Constant document{"document"};
};

/// Type of a template's button. Open enumeration: see OpenEnum.
class ButtonType : public OpenEnum<ButtonType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant quick_reply{"QUICK_REPLY"};
    static constexpr Constant url{"URL"};
    static constexpr Constant phone_number{"PHONE_NUMBER"};
    static constexpr Constant voice_call{"VOICE_CALL"};
    static constexpr Constant copy_code{"COPY_CODE"};
};

/// Properties of a template variable.
struct TemplateVariableProps {
    /// Type of the value, such as `text`.
    std::optional<std::string> variable_type{};
    /// Example value for the reviewers.
    std::optional<std::string> sample{};
    std::optional<std::string> url{};
    std::optional<std::string> short_url{};
    std::optional<std::string> alt{};
    std::optional<std::string> regex{};
    std::optional<std::string> media_type{};
};

/// A template variable. The placeholder `{{1:variable}}` in a text stands for the variable with id 1 in the
/// list beside that text.
struct TemplateVariable {
    /// Number in the placeholder.
    std::int32_t id = 0;
    /// Key in TemplateRef::parameters of a send.
    std::string name{};
    std::string type{"variable"};
    TemplateVariableProps props{};
};

/// Returns a text variable with an example value for the reviewers: `text_variable(1, "firstName", "Mira")`.
[[nodiscard]] SENT_EXPORT TemplateVariable text_variable(std::int32_t id, std::string name,
                                                         std::string sample);

/// Header of a template. WhatsApp limits it to 60 characters.
struct TemplateHeader {
    /// Required. Text with placeholders. `template` on the wire.
    std::string text{};
    std::optional<HeaderType> type{};
    std::vector<TemplateVariable> variables{};
};

/// Footer of a template. WhatsApp limits it to 60 characters.
struct TemplateFooter {
    /// Required. Text with placeholders. `template` on the wire.
    std::string text{};
    std::optional<std::string> type{};
    std::vector<TemplateVariable> variables{};
};

/// Text of a template's body, for one channel or for all.
struct TemplateBodyContent {
    /// Required. Text with placeholders, at most 1,024 characters, for RCS 3,072. `template` on the wire.
    std::string text{};
    std::vector<TemplateVariable> variables{};
    std::optional<std::string> type{};
};

/// Texts of a template by channel. Set either `multi_channel` alone, or both `sms` and `whatsapp`. `rcs` can
/// be added to either. The service checks it.
struct TemplateBody {
    /// Text for every channel whose member is not set.
    std::optional<TemplateBodyContent> multi_channel{};
    std::optional<TemplateBodyContent> sms{};
    std::optional<TemplateBodyContent> whatsapp{};
    std::optional<TemplateBodyContent> rcs{};
    std::optional<TemplateBodyContent> mms{};
};

/// Properties of a button. Its type decides which of them the service uses.
struct TemplateButtonProps {
    /// Label of the button.
    std::optional<std::string> text{};
    std::optional<std::string> url{};
    std::optional<std::string> url_type{};
    std::optional<std::string> phone_number{};
    std::optional<std::string> country_code{};
    std::optional<std::string> offer_code{};
    std::optional<std::string> quick_reply_type{};
    std::optional<std::int32_t> active_for{};
    std::vector<TemplateVariable> variables{};
    std::optional<std::string> otp_type{};
    std::optional<std::string> autofill_text{};
    std::optional<std::string> package_name{};
    std::optional<std::string> signature_hash{};
};

/// A button of a template.
struct TemplateButton {
    /// Position, counted from 1.
    std::int32_t id = 1;
    ButtonType type{};
    TemplateButtonProps props{};
};

/// Settings of a template of the category AUTHENTICATION.
struct AuthenticationConfig {
    /// If it is true, the service adds the line "do not share this code". Defaults to false.
    bool add_security_recommendation = false;
    /// Lifetime of the code in minutes, 1 to 90. If it is set, the service adds a line that states it.
    std::optional<std::int32_t> code_expiration_minutes{};
};

/// Content of a template.
struct TemplateDefinition {
    /// Required.
    TemplateBody body{};
    std::optional<TemplateHeader> header{};
    std::optional<TemplateFooter> footer{};
    /// At most 10 buttons, of which at most 2 URL, 1 VOICE_CALL, 1 PHONE_NUMBER and 1 COPY_CODE.
    std::vector<TemplateButton> buttons{};
    /// Version of the format, such as `1.0`.
    std::optional<std::string> definition_version{};
    std::optional<AuthenticationConfig> authentication_config{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::HeaderType, text, image, video, document);
SENT_DETAIL_OPEN_ENUM(sent::v3::ButtonType, quick_reply, url, phone_number, voice_call, copy_code);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateVariableProps);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateVariable);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateHeader);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateFooter);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateBodyContent);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateBody);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateButtonProps);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateButton);
SENT_DETAIL_DESCRIBE(sent::v3::AuthenticationConfig);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateDefinition);
