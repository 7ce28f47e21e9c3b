// Sends one message with libcurl alone; bench/size compares its size with that of size_sent.cpp.

#include <cstdio>
#include <cstdlib>
#include <string>

#include <curl/curl.h>

namespace {

std::size_t append(char* bytes, std::size_t, std::size_t count, void* target) {
    static_cast<std::string*>(target)->append(bytes, count);
    return count;
}

}  // namespace

int main(int count, char** values) {
    const char* const key = std::getenv("SENT_DM_API_KEY");
    if (count != 3 || key == nullptr) {
        return 2;
    }
    const std::string body = std::string{R"({"to":[")"} + values[2] + R"("],"text":"Hello"})";
    const std::string header = std::string{"x-api-key: "} + key;
    std::string reply;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL* const easy = curl_easy_init();
    curl_slist* headers = curl_slist_append(nullptr, header.c_str());
    headers = curl_slist_append(headers, "Content-Type: application/json");
    curl_easy_setopt(easy, CURLOPT_URL, values[1]);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reply);
    const CURLcode code = curl_easy_perform(easy);
    std::printf("%s\n", reply.c_str());
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    return code == CURLE_OK ? 0 : 1;
}
