#include "core/envelope.hpp"

#include <utility>

#include "json/field.hpp"

namespace sent::detail {
namespace {

constexpr Field meta_fields[] = {field<&EnvelopeMeta::request_id>("request_id")};
constexpr StructInfo meta_info{"Meta", meta_fields};

}  // namespace

const StructInfo& Described<EnvelopeMeta>::info() noexcept {
    return meta_info;
}

Envelope read_envelope(const JsonText& body, const StructInfo* data, void* value, Room room) {
    using State = EnvelopeMember::State;
    bool success = false;
    EnvelopeMeta meta;
    EnvelopeMember members[] = {
        {"success", &type_info<bool>, &success},
        {"data", data != nullptr ? &struct_by_table : nullptr, value},
        {"error"},
        {"meta", &type_info<EnvelopeMeta>, &meta},
    };
    const auto& [success_member, data_member, error_member, meta_member] = members;
    Envelope envelope{decode_envelope(body, members, data, room)};
    envelope.request_id = std::move(meta.request_id);
    // Without `success`, an error object in place of the content is as clear.
    const bool says = success_member.state == State::value;
    const bool has_error_only =
        !says && error_member.state == State::value && data_member.state != State::value;
    envelope.is_refusal = envelope.decoded && (says ? !success : has_error_only);
    envelope.says_success = says && success;
    envelope.has_wrong_data = data_member.state == State::mismatch;
    return envelope;
}

}  // namespace sent::detail
