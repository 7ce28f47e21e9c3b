#include "fuzz_target.hpp"

namespace sent::fuzz {

const std::vector<Target>& targets() {
    static const std::vector<Target> all = {
        {"replies", read_reply},
        {"error_bodies", read_error_body},
        {"headers", read_headers},
        {"texts", read_text},
        {"urls", build_url},
        {"redaction", redact},
        {"exchanges", read_exchange},
        {"webhooks", receive_webhook},
        {"base64", read_base64},
        {"webhook_events", read_webhook_event},
        {"voice_questions", read_voice_question},
        {"multipart", read_form},
    };
    return all;
}

}  // namespace sent::fuzz
